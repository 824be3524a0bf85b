from fastapi import FastAPI
from supabase import create_client
